/** How push services are spoken to; without it nothing ever goes out. */
export interface PushOptions {
	/** Whom a push service may write to about this server (RFC 8292): `mailto:` or `https:`. */
	readonly subject: string;
	/** Hosts of push services; `*.` before one stands for any name under it. */
	readonly services: readonly string[];
	/** In tests only: a push service on this machine, without TLS. No setting leads here. */
	readonly onThisMachine?: boolean;
}

/** Through which server mail leaves, and as whom. */
export interface MailOptions {
	readonly url: string;
	readonly from: string;
}

/** Those of Chrome and what is made from it, Firefox, Safari, and Edge. */
export const PUSH_SERVICES: readonly string[] = [
	'fcm.googleapis.com',
	'updates.push.services.mozilla.com',
	'*.push.apple.com',
	'*.notify.windows.com',
];
