/** The complete list of what the server is ever told and tells. */
export { accounts, enrolments, forum, invitations, notebooks, session, vaults } from './accounts.ts';
export { blobs } from './blobs.ts';
export { chains } from './chain.ts';
export { spaces } from './log.ts';
export { notifications } from './notifications.ts';
export { operation } from './operation.ts';
export { letters } from './letters.ts';
export { publications } from './publications.ts';
export { recoveries } from './recoveries.ts';
export { announcements } from './realtime.ts';
