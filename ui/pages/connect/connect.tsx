import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Await, ErrorBox, Notice } from '../../parts/states.tsx';
import { href, place } from '../../router.ts';
import { connect, connecting, consent, stopConnecting } from '../../state/connect.ts';
import { useResource } from '../../state/resource.ts';
import { shell } from '../../state/shell.ts';
import { en } from '../../texts/en.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { ChooseAccount } from './choose.tsx';
import { CredentialsStep } from './credentials.tsx';

const texts = pagesTexts.connect;

/** What will happen, on both sides, before anybody is asked to consent to it. */
export function ConnectPage() {
  const systemId = place.value.path[1] ?? '';
  const from = useResource(consent, systemId);
  useEffect(() => stopConnecting, []);
  return (
    <Await from={from} again={consent.reload}>
      {(view) => <Body view={view} />}
    </Await>
  );
}

function Body({ view }: { view: View.ConsentView }) {
  const again = place.value.query.again;
  const own = useSignal({ clientId: '', clientSecret: '' });
  const state = connecting.value;
  const start = () =>
    void connect(
      {
        systemId: view.systemId,
        ...(again ? { connectionId: again } : {}),
        ...(own.value.clientId && own.value.clientSecret ? { ownApp: own.value } : {}),
      },
      window,
    );
  if (state.step === 'choose') return <ChooseAccount {...state} />;
  return (
    <>
      <h1>{say(again ? texts.again : texts.title, { system: view.name })}</h1>
      <Progress again={start} />
      <section class="card">
        <h2>{texts.what}</h2>
        <ul class="bullets">
          <li>{say(texts.marketplaceSide, { name: marketplaceName() })}</li>
          {view.consequences.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <h2>{say(view.credentials ? texts.needed : texts.rights, { system: view.name })}</h2>
        <dl class="rights">
          {view.scopes.map(({ scope, why }) => (
            <div key={scope}>
              <dt>
                <code>{scope}</code>
              </dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
        <Optional of={view} />
        {view.ownAppPossible && (
          <details>
            <summary>{say(texts.more, { system: view.name })}</summary>
            <p class="quiet">{texts.ownHelp}</p>
            <p>
              <code>{view.redirectUri}</code>
            </p>
            <div class="form">
              <TextField
                label={texts.clientId}
                value={own.value.clientId}
                onChange={(clientId) => {
                  own.value = { ...own.value, clientId };
                }}
              />
              <TextField
                label={texts.clientSecret}
                type="password"
                value={own.value.clientSecret}
                onChange={(clientSecret) => {
                  own.value = { ...own.value, clientSecret };
                }}
              />
            </div>
          </details>
        )}
        {!view.credentials && (
          <div class="buttons">
            <Button kind="main" needs="admin" disabled={state.step === 'window'} onClick={start}>
              {say(texts.go, { system: view.name })}
            </Button>
            <LinkButton kind="quiet" to={again ? href(['c', again]) : '#/'}>
              {en.common.notNow}
            </LinkButton>
          </div>
        )}
      </section>
      {view.credentials && <CredentialsStep view={view} form={view.credentials} again={again} />}
    </>
  );
}

const marketplaceName = (): string => shell.state.value.value?.tenant.marketplace ?? '';

/** What the window is doing, or why it is not there. */
function Progress({ again }: { again: () => void }) {
  const state = connecting.value;
  if (state.step === 'before' || state.step === 'choose') return null;
  if (state.step === 'failed') return <ErrorBox error={state.error} again={again} />;
  if (state.step === 'window')
    return (
      <Notice
        action={
          <Button small onClick={stopConnecting}>
            {texts.cancel}
          </Button>
        }
      >
        <p role="status">
          <strong>{texts.opened}</strong> {texts.openedHelp}
        </p>
      </Notice>
    );
  const [title, help] = {
    blocked: [texts.blocked, texts.blockedHelp],
    closed: [texts.closed, texts.closedHelp],
    'timed-out': [texts.timedOut, texts.timedOutHelp],
  }[state.step];
  return (
    <Notice tone="asks">
      <p role="alert">
        <strong>{title}</strong> {help}
      </p>
    </Notice>
  );
}

/** Rights that one feature alone needs: without one the connection works, and that is hidden. */
const Optional = ({ of }: { of: View.ConsentView }) =>
  of.optionalRights.length === 0 ? null : (
    <>
      <h3>{texts.optionalRights}</h3>
      <p class="quiet">{texts.optionalHelp}</p>
      <dl class="rights">
        {of.optionalRights.map(({ scope, why }) => (
          <div key={scope}>
            <dt>
              <code>{scope}</code>
            </dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </>
  );
