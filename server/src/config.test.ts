import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const ONION = `http://${'b2'.repeat(28)}.onion`;

test('an onion address needs no https, any other address does', () => {
	expect(readConfig({ PUBLIC_URL: ONION }).publicUrl).toBe(ONION);
	expect(readConfig({ PUBLIC_URL: 'https://forum.example.org' }).publicUrl).toBe('https://forum.example.org');
	expect(readConfig({ PUBLIC_URL: 'http://localhost:3000' }).publicUrl).toBe('http://localhost:3000');
	for (const wrong of ['http://forum.example.org', 'http://short.onion', `${ONION}.example.org`, 'http://example.onion.example.org'])
		expect(() => readConfig({ PUBLIC_URL: wrong }), wrong).toThrow('PUBLIC_URL');
});

test('figures are served only where a port was named', () => {
	expect(readConfig({}).metricsPort).toBeNull();
	expect(readConfig({ METRICS_PORT: '9090' }).metricsPort).toBe(9090);
	for (const wrong of ['here', '-1', '70000', '0.0.0.0:9090'])
		expect(() => readConfig({ METRICS_PORT: wrong }), wrong).toThrow('METRICS_PORT');
});
