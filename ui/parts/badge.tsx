import type { ComponentChildren } from 'preact';

export type BadgeTone = 'neutral' | 'good' | 'asks' | 'waits' | 'bad' | 'accent';
export const Badge = ({
  tone = 'neutral',
  children,
}: {
  tone?: BadgeTone;
  children: ComponentChildren;
}) => <span class={`badge ${tone}`}>{children}</span>;
