import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Locator } from 'playwright-core';
import type { TestForum } from './forum.ts';
import type { Member } from './member.ts';
import { go } from './people.ts';

/** Opens a new document from a template, by what the template is called. */
export async function newDocument(member: Member, { space }: TestForum, title: string, template: string): Promise<StreamId> {
	await go(member.page, `/s/${space.id}/documents`);
	await member.steps.link('document_new').first().click();
	await member.steps.field('document_title').fill(title);
	await member.page.getByRole('radio', { name: new RegExp(`^${template}`) }).check();
	await member.steps.button('document_create').click();
	await member.page.locator('textarea').first().waitFor();
	return member.page.url().split('/').at(-1) as StreamId;
}

/** Opens a document that is there, once this device knows of it. */
export async function openDocument(member: Member, { space }: TestForum, stream: StreamId): Promise<void> {
	await go(member.page, `/s/${space.id}/documents`);
	await member.page.locator(`a[href$="/documents/${stream}"]`).click();
	await member.page.locator('li[data-pair]').first().waitFor();
}

/** A paragraph with everything that belongs to it, from 0. */
export const pairRow = ({ page }: Member, place: number): Locator => page.locator('li[data-pair]').nth(place);

/** Where a paragraph is written in one language. */
export const fieldOf = (member: Member, place: number, language: 'ar' | 'en'): Locator =>
	pairRow(member, place).locator(`textarea[lang="${language}"]`);
