import { useSignal } from '@preact/signals';
import type { Failure, View } from '../api.ts';
import { instant, number, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, LinkButton } from '../parts/button.tsx';
import { SelectField, TextField } from '../parts/field.tsx';
import { Await, ErrorBox } from '../parts/states.tsx';
import { marketplace, saveAccess, testAccess } from '../state/marketplace.ts';
import { reload, useResource } from '../state/resource.ts';
import { notify } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { pagesTexts } from '../texts/en-pages.ts';

const texts = pagesTexts.marketplace;

/** How the app may read the marketplace. Which fields there are is told by the server. */
export function MarketplacePage() {
  const from = useResource(marketplace);
  return (
    <Await from={from} again={marketplace.reload}>
      {(view) => (
        <>
          <div class="head">
            <h1>{say(texts.title, { name: view.name })}</h1>
            <Badge tone={view.connected ? 'good' : 'asks'}>
              {view.connected ? texts.connected : texts.notConnected}
            </Badge>
          </div>
          <p class="lead">{texts.lead}</p>
          {view.failure && <ErrorBox error={view.failure} />}
          <Access view={view} />
          <Facts view={view} />
        </>
      )}
    </Await>
  );
}

function Access({ view }: { view: View.MarketplaceView }) {
  const method = useSignal(view.method ?? view.methods[0]?.id ?? '');
  const fields = useSignal<Record<string, string>>({});
  const chosen = view.methods.find(({ id }) => id === method.value);
  const kept = view.method === method.value;
  const ready = chosen?.fields.every(
    ({ id, optional }) => optional || kept || fields.value[id]?.trim(),
  );
  const refused = useSignal<Failure | null>(null);
  const take = async (change: ReturnType<typeof testAccess>) => {
    const done = await change;
    refused.value = done.ok ? null : done.error;
    if (!done.ok) return;
    notify('ok', texts.savedDone);
    marketplace.put(done.value);
    reload('shell', 'connection');
  };
  const given = () =>
    Object.fromEntries(Object.entries(fields.value).filter(([, value]) => value.trim() !== ''));
  return (
    <section class="card">
      <SelectField
        label={texts.method}
        value={method.value}
        choices={view.methods.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => {
          method.value = value;
          fields.value = {};
        }}
      />
      <div class="form">
        {chosen?.fields.map((field) => (
          <TextField
            key={`${chosen.id} ${field.id}`}
            label={field.optional ? say(texts.optional, { name: field.name }) : field.name}
            help={kept && field.secret ? `${field.help} ${texts.secretKept}` : field.help}
            type={field.secret ? 'password' : 'text'}
            value={fields.value[field.id] ?? ''}
            onChange={(value) => {
              fields.value = { ...fields.value, [field.id]: value };
            }}
          />
        ))}
      </div>
      {refused.value && <ErrorBox error={refused.value} />}
      <div class="buttons">
        <Button
          kind={view.connected ? 'plain' : 'main'}
          needs="admin"
          disabled={!ready}
          onClick={() => take(saveAccess(method.value, given()))}
        >
          {texts.save}
        </Button>
        {view.method && (
          <Button needs="operator" onClick={() => take(testAccess())}>
            {texts.test}
          </Button>
        )}
        <LinkButton kind={view.connected ? 'main' : 'quiet'} to="#/">
          {view.connected ? texts.continue : en.common.notNow}
        </LinkButton>
      </div>
    </section>
  );
}

const Facts = ({ view }: { view: View.MarketplaceView }) => (
  <section class="card">
    <dl class="facts">
      <div>
        <dt>{texts.address}</dt>
        <dd>{view.apiBase}</dd>
      </div>
      <div>
        <dt>{texts.budget}</dt>
        <dd>
          {say(texts.perDay, {
            used: number(view.budget.usedToday),
            total: number(view.budget.perDay),
          })}
          , {say(texts.perMinute, { count: number(view.budget.perMinute) })}
        </dd>
      </div>
    </dl>
    {view.savedBy && view.savedAt && (
      <p class="quiet">{say(texts.saved, { name: view.savedBy, time: instant(view.savedAt) })}</p>
    )}
    {view.lacks.length > 0 && (
      <>
        <h2>{say(texts.lacks, { name: view.name })}</h2>
        <ul class="list">
          {view.lacks.map((code) => (
            <li key={code}>{lackText(code)}</li>
          ))}
        </ul>
      </>
    )}
  </section>
);

const known: Readonly<Record<string, string | undefined>> = texts.lacksTexts;
const lackText = (code: string) => known[code] ?? say(texts.lacksTexts.other, { code });
