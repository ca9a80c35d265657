import type { ComponentChildren } from 'preact';
import type { Failure } from '../api.ts';
import { clockTime, say } from '../i18n.ts';
import type { Loaded } from '../state/resource.ts';
import { en } from '../texts/en.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** What is shown while there is nothing to show, or something went wrong. */
export function Await<Value>({
  from,
  again,
  children,
}: {
  from: Loaded<Value>;
  again: () => unknown;
  children: (value: Value) => ComponentChildren;
}) {
  return (
    <>
      {from.error && <ErrorBox error={from.error} again={again} />}
      {from.value !== null ? children(from.value) : !from.error && <Skeleton />}
    </>
  );
}

export const Skeleton = () => (
  <div class="skeleton" role="status">
    <span class="hidden">{en.common.loading}</span>
    <i />
    <i />
    <i />
  </div>
);

export const Empty = ({
  title,
  help,
  icon = 'check',
  children,
}: {
  title: string;
  help?: string;
  icon?: IconName;
  children?: ComponentChildren;
}) => (
  <div class="empty">
    <Icon name={icon} />
    <p>
      <strong>{title}</strong>
      {help && <span>{help}</span>}
    </p>
    {children}
  </div>
);

/** What happened, what to do, the other side's words, and the number support asks for. */
export const ErrorBox = ({ error, again }: { error: Failure; again?: () => unknown }) => (
  <div class="notice bad" role="alert">
    <Icon name="warn" />
    <div>
      <p>
        <strong>{error.message}</strong>
      </p>
      <p>{error.next}</p>
      {error.said && <p class="said">{say(en.errors.said, { said: error.said })}</p>}
      {error.retryAt && <p>{say(en.errors.retryAt, { time: clockTime(error.retryAt) })}</p>}
      {error.requestId && (
        <p class="quiet small">{say(en.errors.request, { id: error.requestId })}</p>
      )}
    </div>
    {again && <Button onClick={again}>{en.common.retry}</Button>}
  </div>
);

export const Notice = ({
  tone = 'info',
  children,
  action,
}: {
  tone?: 'info' | 'asks' | 'bad' | 'good';
  children: ComponentChildren;
  action?: ComponentChildren;
}) => (
  <div class={`notice ${tone}`}>
    <Icon name={tone === 'info' ? 'info' : tone === 'good' ? 'check' : 'warn'} />
    <div>{children}</div>
    {action}
  </div>
);
