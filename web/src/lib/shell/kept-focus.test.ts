import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFocus } from './kept-focus.ts';

let page: HTMLElement;
let stop: () => void;

beforeEach(() => {
	page = document.createElement('main');
	const section = document.createElement('section');
	const notice = document.createElement('div');
	notice.append(Object.assign(document.createElement('button'), { textContent: 'understood' }));
	section.append(notice);
	page.append(section, document.createElement('p'));
	document.body.append(page);
	stop = keepFocus();
});
afterEach(() => {
	stop();
	page.remove();
});

const button = () => page.querySelector('button')!;
const section = () => page.querySelector('section')!;
const settled = async () => {
	for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
};
const inHand = () => document.activeElement?.tagName;

test('a notice that goes with its button gives the keyboard to what stood around it', async () => {
	button().focus();
	page.querySelector('div')!.remove();
	await settled();
	expect(inHand()).toBe('SECTION');
	section().blur();
	expect(section().hasAttribute('tabindex')).toBe(false);
});

test('what stood around goes too: the page’s own part takes it', async () => {
	button().focus();
	section().remove();
	await settled();
	expect(inHand()).toBe('MAIN');
});

test('of a whole page its heading takes it', async () => {
	page.prepend(Object.assign(document.createElement('h1'), { tabIndex: -1, textContent: 'Today' }));
	button().focus();
	section().remove();
	await settled();
	expect(inHand()).toBe('H1');
});

test('a button that cannot be pressed while it works has the keyboard again afterwards', async () => {
	button().focus();
	button().disabled = true;
	await settled();
	button().disabled = false;
	await settled();
	expect(inHand()).toBe('BUTTON');
});

test('who has put the keyboard away does not get it back', async () => {
	button().focus();
	button().blur();
	await new Promise((resolve) => setTimeout(resolve));
	page.append(document.createElement('p'));
	section().remove();
	await settled();
	expect(inHand()).toBe('BODY');
});

test('who takes it where it belongs keeps it there', async () => {
	const other = document.createElement('input');
	page.append(other);
	button().focus();
	page.querySelector('div')!.remove();
	other.focus();
	await settled();
	expect(document.activeElement).toBe(other);
});
