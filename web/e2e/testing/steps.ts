import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';
import { words, type Language } from './words.ts';

/** What a person does on the screen, by what is written there. */
export class Steps {
	readonly page: Page;
	readonly language: Language;
	readonly t: ReturnType<typeof words>;

	constructor(visitor: Visitor, language: Language) {
		this.page = visitor.page;
		this.language = language;
		this.t = words(language);
	}

	button(key: Parameters<typeof this.t>[0]) {
		return this.page.getByRole('button', { name: this.t(key), exact: true });
	}

	link(key: Parameters<typeof this.t>[0]) {
		return this.page.getByRole('link', { name: this.t(key), exact: true });
	}

	field(key: Parameters<typeof this.t>[0], values: Record<string, string> = {}) {
		return this.page.getByLabel(this.t(key, values), { exact: true });
	}

	async setUp(
		link: string,
		names: { forum: string; host: string; person: string; space: string },
		passphrase: string | null,
	): Promise<string> {
		await this.page.goto(link);
		await this.button('next').click();
		await this.field('setup_forum').fill(names.forum);
		await this.field('setup_host').fill(names.host);
		await this.field('person_name').fill(names.person);
		await this.field('setup_space').fill(names.space);
		await this.button('next').click();
		await this.protect(passphrase);
		await this.button('setup_begin').click();
		return this.confirmSheet();
	}

	/** Chooses a passphrase, or a passkey with `null`. */
	async protect(passphrase: string | null): Promise<void> {
		const kind = this.t(passphrase === null ? 'protection_passkey' : 'protection_passphrase');
		const choice = this.page.getByRole('radio', { name: kind });
		if ((await choice.count()) > 0) await choice.check();
		if (passphrase === null) return;
		await this.field('passphrase_new').fill(passphrase);
		await this.field('passphrase_again').fill(passphrase);
	}

	/** Types the group that is asked for; answers the whole code. */
	async confirmSheet(): Promise<string> {
		await this.page.getByRole('heading', { level: 1, name: this.t('sheet_title') }).waitFor({ timeout: 60_000 });
		const text = await this.page.locator('main').innerText();
		const groups = (text.match(/\b[0-9A-HJKMNP-TV-Z]{4}\b/g) ?? []).slice(0, 8);
		for (const [place, group] of groups.entries()) {
			const field = this.page.getByLabel(this.t('sheet_confirm', { place: String(place + 1) }), { exact: true });
			if ((await field.count()) > 0) await field.fill(group);
		}
		await this.button('sheet_done').click();
		return groups.join('-');
	}

	async unlock(passphrase: string): Promise<void> {
		await this.field('passphrase').fill(passphrase);
		await this.button('unlock_passphrase').click();
		await this.page.getByRole('navigation').first().waitFor({ timeout: 60_000 });
	}

	async enterSpace(title: string): Promise<void> {
		await this.page.getByRole('link', { name: title }).first().click();
		await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
	}

	/** Makes an invitation for an organisation; answers its link. */
	async invite(organisation: string): Promise<string> {
		await this.button('invitation_new').click();
		await this.field('organisation').selectOption({ label: organisation });
		await this.button('invitation_make').click();
		return this.invitationLink();
	}

	async invitationLink(): Promise<string> {
		const shown = this.page.getByRole('dialog').getByText('/join#1.');
		await shown.waitFor();
		return (await shown.innerText()).trim();
	}

	async openThread(title: string, text: string): Promise<void> {
		await this.link('thread_new').first().click();
		await this.field('thread_title').fill(title);
		await this.field('thread_first_post').fill(text);
		await this.button('thread_open').click();
		await this.sendNow();
		await this.field('composer_post').waitFor();
		await this.sees(text);
	}

	/** Sends what is written, without waiting for the time in which it could be taken back. */
	async send(): Promise<void> {
		await this.button('send').click();
		await this.sendNow();
	}

	async sendNow(): Promise<void> {
		await this.button('going_now').last().click();
		await this.button('going_now').last().waitFor({ state: 'hidden' });
	}

	async post(text: string): Promise<void> {
		await this.field('composer_post').fill(text);
		await this.send();
		await this.sees(text);
	}

	/** Waits until the text stands on the page, not in a field. */
	async sees(text: string): Promise<void> {
		await this.page.getByText(text).locator('visible=true').first().waitFor();
	}
}
