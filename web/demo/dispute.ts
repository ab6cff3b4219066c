import type { AccountId, Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { act } from '@multaqa/shared/moderation/desk';
import type { Act } from '@multaqa/shared/moderation/events';
import { sendFlag } from '@multaqa/shared/moderation/flags';
import type { DemoThread } from './conversations.ts';
import type { PersonKey } from './people.ts';
import { clientOf, perform, type Cast } from './perform.ts';

const thread: DemoThread = {
	space: 'common',
	title: 'تشكيل الوفد إلى جنيف',
	posts: [
		{ by: 'reem', text: 'للوفد خمسة مقاعد. ما معايير الاختيار المقترحة؟' },
		{ by: 'jwan', text: 'مقعدان للشباب على الأقل، ومقعد لمن يعيش داخل البلاد.' },
		{ by: 'tareq', text: 'من لا يوافق على هذا فهو خائن ولا مكان له بيننا.' },
		{ by: 'fadi', text: 'فلانة من الوفد السابق كانت تسرّب كل ما نقوله، والجميع يعرف اسمها.' },
		{ by: 'salma', text: 'نقترح أن تُكتب المعايير أولًا ثم تُذكر الأسماء.' },
	],
};
const [TAREQS, FADIS] = [2, 3];

/** What facilitators have to deal with: a report that waits, a hidden post with an open appeal, and a slowed thread. */
export async function dispute(cast: Cast, space: SpaceId): Promise<void> {
	const { stream, posts } = await perform(cast, space, thread);
	const [slur, slander] = [posts[TAREQS], posts[FADIS]] as [Hash, Hash];
	await report(cast, space, stream, slur);
	const decide = (by: PersonKey, what: Act) => settled(clientOf(cast, by), space, (client, view) => act(client, view, what, seconds()));
	await decide('hozan', { type: 'moderation.words', content: { words: ['خائن', 'عميل', 'traitor'] } });
	const reason = 'اتهام لشخص يمكن التعرف إليه، دون دليل.';
	const measure = await decide('hozan', { type: 'moderation.hide', content: { stream, post: slander, reason } });
	await decide('hozan', {
		type: 'moderation.slow',
		content: { stream, seconds: 300, reason: 'ردود متلاحقة في دقائق: وقت للقراءة قبل الرد.' },
	});
	const text = 'لم أذكر اسمًا، وقصدت أن نتفق على سرية المداولات قبل اختيار الوفد.';
	await decide('fadi', { type: 'moderation.appeal', content: { measure, text } });
}

async function report(cast: Cast, space: SpaceId, stream: StreamId, post: Hash): Promise<void> {
	const author = clientOf(cast, 'tareq').status.account as AccountId;
	const note = 'تخوين لكل من يخالف الرأي.';
	await settled(clientOf(cast, 'salma'), space, (client, view) =>
		sendFlag(client, view, author, { stream, post, revision: post, reason: 'incitement', note }),
	);
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** Having read what came before, and until the server has what was done. */
async function settled<Result>(
	client: Client,
	space: SpaceId,
	work: (client: Client, view: SpaceView) => Promise<Result>,
): Promise<Result> {
	await client.refresh(space);
	const view = client.spaces.find(({ id }) => id === space);
	if (!view) throw new Error('somebody is not in the space of the dispute');
	const done = await work(client, view);
	while (client.status.waiting > 0 || client.letters.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	return done;
}
