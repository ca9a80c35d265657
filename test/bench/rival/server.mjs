// The same work done with atlassian-connect-express: a proven call that is answered with a short list.
// Its tenant is in memory, which is the fastest store it can have, and it writes no log.
import connect from 'atlassian-connect-express';
import jwt from 'atlassian-jwt';
import express from 'express';
import { serveRounds } from './inject.ts';

const clientKey = 'reseller-1';
const sharedSecret = 'a-secret-of-the-bench-that-is-long-enough-0123456789';
const baseUrl = 'http://127.0.0.1';

const tenant = { clientKey, sharedSecret, key: 'bench', baseUrl: 'https://market.example.com' };
connect.store.register('bench', () => ({
  get: async (_name, key) => (key === clientKey ? tenant : null),
}));
const silent = { info() {}, warn() {}, error() {}, debug() {} };
const app = express();
app.disable('x-powered-by');
app.set('env', 'production');
const addon = connect(
  app,
  { config: { production: { localBaseUrl: baseUrl, store: { adapter: 'bench' } } } },
  silent,
);
// As its own template has them: it looks for the token in a body too.
app.use(express.urlencoded({ extended: false }));
app.use(express.json());
app.use(addon.middleware());
// A page's first call: the marketplace's token, with the hash of the call, for a token of the app.
app.get('/exchange', addon.authenticate(), (_request, response) => response.json([]));
// Every later call: the app's own token, which it renews each time.
app.get('/kept', addon.checkValidToken(), (_request, response) => response.json([]));

const now = Math.floor(Date.now() / 1000);
const claims = { iss: clientKey, sub: 'user-1', iat: now, exp: now + 900 };
const call = jwt.fromMethodAndPathAndBody('GET', '/exchange', {});
const qsh = jwt.createQueryStringHash(call, false, baseUrl);
const tokens = {
  exchange: jwt.encodeSymmetric({ ...claims, qsh }, sharedSecret, 'HS256'),
  kept: jwt.encodeSymmetric({ ...claims, iss: 'bench', aud: [clientKey] }, sharedSecret, 'HS256'),
};
serveRounds(app);
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`ready ${JSON.stringify({ ...tokens, port: server.address().port })}`),
);
process.on('SIGTERM', () => process.exit(0));
