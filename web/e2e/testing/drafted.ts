import type { StreamId } from '@multaqa/shared/bytes/ids';
import { packed } from '@multaqa/shared/documents/live/packed';
import { beginningOf } from '@multaqa/shared/documents/live/writer';
import type { TestForum } from './forum.ts';
import { openDocumentAs, Scribe } from './scribe.ts';

/** A document with a frozen version, a second one in work, and an open comment. */
export async function drafted({ alice, space }: TestForum): Promise<StreamId> {
	const { client } = alice;
	const stream = await openDocumentAs(client, space.id, 'رسالة مفتوحة بشأن المفقودين', 'open-letter');
	const scribe = new Scribe(client, space.id, stream);
	await scribe.writes((editing, { pairs }) => {
		for (const { id } of pairs.slice(3)) editing.remove(id);
		editing.write(pairs[0]?.id ?? '', 'en', 'Open letter on the missing');
		editing.write(pairs[1]?.id ?? '', 'ar', 'إلى الأمين العام للأمم المتحدة');
		editing.write(pairs[1]?.id ?? '', 'en', 'To the Secretary-General');
	});
	const { text } = scribe;
	await scribe.freezes();
	const of = scribe.look().chain.frozen[0];
	const device = client.devices.find(({ current }) => current)?.id;
	if (!of || !device) throw new Error('the text was not frozen');
	const session = { device, nonce: new Uint8Array(8).fill(7) };
	await scribe.says('document.reopen', {
		of: of.id,
		reason: 'طلبت منظمة تعديلًا',
		session: session.nonce,
		update: packed(beginningOf(session, text)),
	});
	const pair = text.pairs[1]?.id ?? null;
	await scribe.writes((editing) => editing.write(pair ?? '', 'ar', 'إلى السيد الأمين العام للأمم المتحدة'));
	await scribe.says('document.comment', { pair, language: 'ar', quote: 'الأمين العام', text: 'هل نذكر الاسم؟' });
	return stream;
}
