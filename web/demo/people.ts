import type { Role } from '@multaqa/shared/chain/roles';

/** Everybody here, every organisation and every word is invented. */
export const organisations = {
	host: 'مركز الضفة للعدالة',
	women: 'شبكة خطوات النسائية',
	survivors: 'رابطة عائلات الانتظار',
	media: 'Open Record Initiative',
	health: 'أطباء من أجل الجوار',
	youth: 'تجمع شباب النهرين',
} as const;
export type OrganisationKey = keyof typeof organisations;

export const spaces = {
	common: 'التنسيق المشترك',
	geneva: 'جنيف والمناصرة',
	records: 'Documentation & protection',
} as const;
export type SpaceKey = keyof typeof spaces;

export interface DemoPerson {
	readonly name: string;
	readonly organisation: OrganisationKey;
	readonly role: Role;
	readonly spaces: readonly SpaceKey[];
	/** May speak for the organisation. */
	readonly represents?: true;
}

const everywhere: readonly SpaceKey[] = ['common', 'geneva', 'records'];

/** The first founds the forum. */
export const people = {
	reem: { name: 'ريم', organisation: 'host', role: 'coordinator', spaces: everywhere },
	karim: { name: 'كريم', organisation: 'host', role: 'coordinator', spaces: ['common', 'geneva'] },
	hozan: { name: 'هوزان', organisation: 'women', role: 'facilitator', spaces: everywhere, represents: true },
	layan: { name: 'ليان', organisation: 'women', role: 'observer', spaces: ['common'] },
	umSamer: { name: 'أم سامر', organisation: 'survivors', role: 'member', spaces: ['common', 'records'], represents: true },
	nour: { name: 'نور', organisation: 'survivors', role: 'member', spaces: ['common', 'geneva'], represents: true },
	daniel: { name: 'Daniel', organisation: 'media', role: 'member', spaces: everywhere, represents: true },
	maya: { name: 'Maya Haddad', organisation: 'media', role: 'facilitator', spaces: ['records'] },
	fadi: { name: 'د. فادي', organisation: 'health', role: 'member', spaces: ['common', 'records'], represents: true },
	salma: { name: 'سلمى', organisation: 'health', role: 'member', spaces: ['common'] },
	jwan: { name: 'جوان', organisation: 'youth', role: 'member', spaces: ['common', 'geneva'], represents: true },
	tareq: { name: 'طارق', organisation: 'youth', role: 'member', spaces: ['common'] },
} as const satisfies Record<string, DemoPerson>;
export type PersonKey = keyof typeof people;
