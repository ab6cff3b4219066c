import { expect, test } from 'vitest';
import { Protection } from './protection.svelte.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

test('where passkeys work they are offered first, elsewhere a passphrase', () => {
	expect(new Protection(true, random).kind).toBe('passkey');
	expect(new Protection(false, random).kind).toBe('passphrase');
});

test('a passphrase is refused while it is weak or typed differently the second time', () => {
	const protection = new Protection(false, random);
	protection.passphrase = 'قمر نافذة';
	expect(protection.passphraseProblem).toBe('passphrase-weak');
	protection.passphrase = 'قمر نافذة زيتون جسر حصان مطرقة';
	protection.again = 'قمر نافذة زيتون جسر حصان مطرقه';
	expect(protection.passphraseProblem).toBeNull();
	expect(protection.againProblem).toBe('passphrase-differs');
});

test('what the engine gets is the trimmed login name and the passphrase as it was typed', () => {
	const protection = new Protection(false, random);
	protection.name = ' buzado-21 ';
	protection.passphrase = ' قمر نافذة ';
	expect(protection.secret).toEqual({ kind: 'passphrase', handle: 'buzado-21', passphrase: ' قمر نافذة ' });
});

test('after use the passphrase does not stay in the page', () => {
	const protection = new Protection(false, random);
	protection.passphrase = protection.again = 'secret';
	protection.forget();
	expect([protection.passphrase, protection.again]).toEqual(['', '']);
});
