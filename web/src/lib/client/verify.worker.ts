import { checkSignature } from '@multaqa/shared/crypto/verify';
import { unpackChecks, type VerifyQuestion, type VerifyReply } from './verify-messages.ts';

/** Checks signatures beside the page: the browser does it on the thread that asks. */
addEventListener('message', ({ data: { id, packed } }: MessageEvent<VerifyQuestion>) => {
	void Promise.all(unpackChecks(packed).map(checkSignature)).then((holds) => postMessage({ id, holds } satisfies VerifyReply));
});
