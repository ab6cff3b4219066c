import { Problem } from '@multaqa/shared/problem';
import { Hono } from 'hono';
import { randomBytes } from 'node:crypto';
import { credentialRoutes } from './accounts/credentials.routes.ts';
import { accountRoutes } from './accounts/routes.ts';
import { signInRoutes } from './accounts/sign-in.routes.ts';
import { blobRoutes } from './blobs/routes.ts';
import { chainRoutes } from './chain/routes.ts';
import type { Context } from './context.ts';
import { enrolmentRoutes } from './enrolments/routes.ts';
import { API_POLICY } from './headers.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { letterRoutes } from './letters/routes.ts';
import { logRoutes } from './log/routes.ts';
import { operationRoutes } from './operation/routes.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { problemResponse, travelling } from './problems.ts';
import { publicationRoutes } from './publications/routes.ts';
import { recoveryRoutes } from './recoveries/routes.ts';
import { notebookRoutes } from './notebook/routes.ts';
import { createMount, type AppEnv } from './validate.ts';
import { vaultRoutes } from './vault/routes.ts';

/** The whole HTTP interface. */
export function createApi(context: Context): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	app.use(async (c, next) => {
		const started = performance.now();
		const id = randomBytes(8).toString('hex');
		c.set('route', '*');
		await next();
		if (c.error) c.res = answerError(context, c.error, id);
		const farewell = c.get('farewell');
		if (farewell !== undefined) c.res.headers.append('set-cookie', farewell);
		c.res.headers.set('content-security-policy', API_POLICY);
		c.res.headers.set('x-request-id', id);
		context.metrics.request(c.res.status);
		context.log.request({ id, method: c.req.method, route: c.get('route'), status: c.res.status, ms: performance.now() - started });
	});
	app.notFound(() => problemResponse(new Problem('not-found')));
	app.onError((error) => problemResponse(travelling(error)));

	const mount = createMount(app, context);
	accountRoutes(mount, context);
	credentialRoutes(mount, context);
	signInRoutes(mount, context);
	chainRoutes(mount, context);
	logRoutes(mount, context);
	blobRoutes(mount, context);
	vaultRoutes(mount, context);
	notebookRoutes(mount, context);
	notificationRoutes(mount, context);
	operationRoutes(mount, context);
	letterRoutes(mount, context);
	publicationRoutes(mount, context);
	invitationRoutes(mount, context);
	enrolmentRoutes(mount, context);
	recoveryRoutes(mount, context);
	return app;
}

function answerError(context: Context, error: Error, id: string): Response {
	const problem = travelling(error);
	context.metrics.failed(problem.code);
	if (problem.code === 'internal') context.log.unexpected(error, id);
	return problemResponse(problem);
}
