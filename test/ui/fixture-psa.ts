import { manifest as autotask } from '../../server/connectors/autotask/manifest.ts';
import { manifest as connectWise } from '../../server/connectors/connectwise/manifest.ts';
import type { ConsentView } from '../../server/http/views/connecting.ts';
import type { ShellView } from '../../server/http/views/shell.ts';
import type { NeedView } from '../../server/http/views/tasks.ts';

/** A PSA beside the accounting: its own form to connect, and who bills whom. */
export const psaSystem: ShellView['systems'][number] = {
  id: connectWise.id,
  name: connectWise.name,
  words: connectWise.words,
  madeIn: connectWise.invoicing?.madeIn ?? null,
  inPlace: true,
};
export const psaConnection: ShellView['connections'][number] = {
  id: 'x2',
  systemId: connectWise.id,
  name: 'Northwind Services',
  state: 'active',
  paused: null,
  needs: 0,
  settingsSaved: true,
  mayApprove: true,
  corrects: false,
};

/** What is told before a connection by typed fields; null where the path names no PSA. */
export function psaConsent(path: string): ConsentView | null {
  const manifest = [autotask, connectWise].find(({ id }) => path.includes(`/${id}/`));
  return manifest === undefined
    ? null
    : {
        systemId: manifest.id,
        name: manifest.name,
        consequences: [...manifest.consequences],
        scopes: manifest.scopes.map(({ scope, why }) => ({ scope, why })),
        optionalRights: [...(manifest.optionalRights ?? [])],
        ownAppPossible: false,
        redirectUri: '',
        credentials: formOf(manifest),
      };
}

const asked = (code: NeedView['code'], facts: Record<string, string>, guard = true): NeedView => ({
  code,
  subject: code,
  guard,
  facts,
});

function formOf({ credentials }: typeof autotask): ConsentView['credentials'] {
  if (credentials === undefined) return null;
  const { steps, warnings, fields } = credentials;
  return {
    steps: [...steps],
    warnings: [...warnings],
    fields: fields.map((field) => ({ ...field, choices: [...field.choices] })),
  };
}

/** Questions that hold lines until a person has looked at the figures. */
export const figureNeeds: NeedView[] = [
  asked('price-changed', {
    name: 'Microsoft 365 Business Premium',
    before: '20.60',
    after: '22.10',
    currency: 'EUR',
    document: 'INV-0128',
    lines: '3',
    customers: '2',
    more: '46.50 EUR',
    seen: 'm1',
  }),
  asked('month-off', {
    name: 'Oakridge Dental Group',
    month: '2026-11',
    amount: '5240.10',
    last: '3120.50',
    currency: 'USD',
    percent: '+68',
    seen: 'm2',
  }),
  asked('below-margin', {
    name: 'Acronis Cyber Protect',
    price: '9.90',
    cost: '9.40',
    margin: '5.1 %',
    floor: '10 %',
    currency: 'EUR',
    seen: 'm3',
  }),
  asked('company-currency', { name: 'Oakridge Dental Group', kept: 'EUR', currency: 'USD' }, false),
];
