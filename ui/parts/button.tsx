import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Role } from '../api.ts';
import { say } from '../i18n.ts';
import { may, role } from '../state/shell.ts';
import { en } from '../texts/en.ts';
import { Icon, type IconName } from './icon.tsx';

interface ButtonOptions {
  children: ComponentChildren;
  onClick?: () => unknown;
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  /** The icon alone is shown; `label` names it. */
  label?: string;
  needs?: Role;
  disabled?: boolean;
  pressed?: boolean;
  small?: boolean;
}

/** A button that waits for its own work, and says why it cannot be used where a role is missing. */
export function Button(options: ButtonOptions) {
  const busy = useSignal(false);
  const { kind = 'plain', icon, label, needs, disabled = false, small } = options;
  const allowed = needs === undefined || may(needs);
  const click = async () => {
    if (busy.value || !options.onClick) return;
    busy.value = true;
    await options.onClick();
    busy.value = false;
  };
  const why =
    needs && !allowed
      ? say(en.common.needsRole, {
          role: en.common.roles[needs],
          own: en.common.roles[role.value],
        })
      : undefined;
  return (
    <button
      type="button"
      class={`button ${kind}${small ? ' small' : ''}${label ? ' alone' : ''}`}
      disabled={disabled || !allowed}
      aria-busy={busy.value}
      aria-label={label}
      aria-pressed={options.pressed}
      title={why ?? label}
      onClick={options.onClick && click}
    >
      {busy.value ? <span class="spinner" /> : icon && <Icon name={icon} />}
      {!label && <span>{options.children}</span>}
    </button>
  );
}

/** A place to go that looks like a button. */
export const LinkButton = ({
  to,
  kind = 'plain',
  small,
  children,
}: {
  to: string;
  kind?: 'main' | 'plain' | 'quiet';
  small?: boolean;
  children: ComponentChildren;
}) => (
  <a class={`button ${kind}${small ? ' small' : ''}`} href={to}>
    <span>{children}</span>
  </a>
);

/** To a page of another site: always a new tab that knows nothing of us. */
export const OutLink = ({ to, name }: { to: string; name: string }) => (
  <a
    class="out"
    href={to}
    target="_blank"
    rel="noopener noreferrer"
    title={say(en.common.opens, { name })}
  >
    {name}
    <Icon name="out" />
  </a>
);
