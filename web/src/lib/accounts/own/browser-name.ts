interface Agent {
	readonly userAgent: string;
	readonly userAgentData?: { readonly brands: readonly { brand: string }[]; readonly platform: string };
}

/** What a browser and its system are called in general, without versions: `null` where that cannot be told. */
export interface BrowserName {
	readonly browser: string | null;
	readonly system: string | null;
}

/** The more special before what it is made from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
	[/\bEdg(e|A|iOS)?\b|Microsoft Edge/, 'Edge'],
	[/Samsung ?(Browser|Internet)/, 'Samsung Internet'],
	[/\b(OPR|Opera)\b/, 'Opera'],
	[/\bBrave\b/, 'Brave'],
	[/\b(Firefox|FxiOS)\b/, 'Firefox'],
	[/Google Chrome|\bCriOS\b/, 'Chrome'],
	[/\b(Headless)?Chromium\b|HeadlessChrome/, 'Chromium'],
	[/\bChrome\b/, 'Chrome'],
	[/\bSafari\b/, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
	[/Android/, 'Android'],
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/CrOS|Chrome ?OS/, 'ChromeOS'],
	[/Windows/, 'Windows'],
	[/Mac ?OS/i, 'macOS'],
	[/Linux/, 'Linux'],
];

/** A name that tells the own devices apart, from what the browser says of itself. */
export function nameOfBrowser({ userAgent, userAgentData }: Agent): BrowserName {
	const brands = userAgentData?.brands.map(({ brand }) => brand).join(' ') ?? '';
	const first = (known: typeof BROWSERS, text: string) => known.find(([pattern]) => pattern.test(text))?.[1] ?? null;
	return {
		browser: first(BROWSERS, brands) ?? first(BROWSERS, userAgent),
		system: first(SYSTEMS, userAgentData?.platform ?? '') ?? first(SYSTEMS, userAgent),
	};
}
