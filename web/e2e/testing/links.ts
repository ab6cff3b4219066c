import { fromUtf8, type Bytes } from '@multaqa/shared/bytes/bytes';
import { abridge, completeAll } from '@multaqa/shared/chain/abridged';
import { decodeLink, type Link } from '@multaqa/shared/chain/link';
import { emptyWorld } from '@multaqa/shared/chain/world';

/** Links as the server sends them, from the first of all on. */
export const readLinks = (links: readonly Uint8Array[]): Link[] => completeAll(links, emptyWorld);

/** A whole link as the server would send it. */
export const asServed = (link: Uint8Array): Bytes => abridge(decodeLink(link));

/** Whether a link that is served says this: types are written out in it. */
export const isOfType = (link: Uint8Array, type: string): boolean => latin(link).includes(type);

const latin = (bytes: Uint8Array): string => fromUtf8(bytes.map((byte) => byte & 0x7f));
