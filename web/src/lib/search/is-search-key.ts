/** The key that leads to search: `/`, or what stands on it on an Arabic keyboard. */
export const isSearchKey = ({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): boolean =>
	key === '/' || (code === 'Slash' && key === 'ظ');
