import type { AccessField, MarketplaceManifest } from '../../domain/ports/marketplace.ts';

const username: AccessField = {
  id: 'username',
  name: 'API user name',
  help: 'The user that your marketplace made for its API, not your own login.',
  secret: false,
  optional: false,
};
const password: AccessField = {
  id: 'password',
  name: 'API password',
  help: 'The password of the API user.',
  secret: true,
  optional: false,
};
const subscriptionKey: AccessField = {
  id: 'subscriptionKey',
  name: 'Subscription key',
  help: 'The key that your marketplace shows next to the API user. It is sent with every call.',
  secret: true,
  optional: false,
};

/**
 * CloudBlue Commerce SimpleAPI 1.15, which Ingram Micro and others offer as "Marketplace API". The
 * limits are the vendor's recommended gateway policy (docs.cloudblue.com, Deploying API Service
 * Gateway). The API has no webhooks, does not tell users, and gives usage only as report files.
 */
export const manifest: MarketplaceManifest = {
  id: 'cloudblue',
  name: 'CloudBlue Commerce',
  capabilities: { users: false, usage: false, webhooks: false, costs: true },
  callsPerMinute: 60,
  callsPerDay: 5_000,
  methods: [
    {
      id: 'native',
      name: 'API user',
      fields: [
        username,
        password,
        {
          id: 'marketplace',
          name: 'Marketplace code',
          help: 'The country part of your panel address: for cp.us.example.com it is us.',
          secret: false,
          optional: false,
        },
        subscriptionKey,
        {
          id: 'tokenPath',
          name: 'Token path',
          help: 'Only where your marketplace told you another one than /token.',
          secret: false,
          optional: true,
        },
      ],
    },
    {
      id: 'oidc',
      name: 'OAuth 2.0 (OpenID Connect)',
      fields: [
        username,
        password,
        {
          id: 'tokenUrl',
          name: 'Token address',
          help: 'Such as https://login.example.com/auth/realms/your-realm/protocol/openid-connect/token.',
          secret: false,
          optional: false,
          isAddress: true,
        },
        {
          id: 'clientId',
          name: 'Client id',
          help: 'Given with the API user.',
          secret: false,
          optional: false,
        },
        {
          id: 'clientSecret',
          name: 'Client secret',
          help: 'Given with the client id.',
          secret: true,
          optional: false,
        },
        subscriptionKey,
      ],
    },
  ],
};
