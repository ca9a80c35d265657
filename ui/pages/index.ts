import type { Load } from '../parts/lazy.tsx';
import { Home } from './home.tsx';

/** Which screen an address opens. Only the Dashboard is part of the first load. */
export function pageOf(path: readonly string[]): { name: string; load: Load } {
  const [first = '', id = '', screen = ''] = path;
  const name = first === 'c' ? screen : first;
  const found = pages[name] ?? (() => Home);
  return { name: `${name} ${id}`, load: found };
}

const pages: Readonly<Record<string, Load | undefined>> = {
  tasks: () => import('./tasks.tsx').then((at) => at.TasksPage),
  wizard: () => import('./wizard/wizard.tsx').then((at) => at.WizardPage),
  'sync-all': () => import('./sync-all.tsx').then((at) => at.SyncAllPage),
  mappings: () => import('./mappings/mappings.tsx').then((at) => at.MappingsPage),
  changed: () => import('./changed.tsx').then((at) => at.ChangedPage),
  look: () => import('./look.tsx').then((at) => at.LookPage),
  invoices: () => import('./invoices.tsx').then((at) => at.InvoicesPage),
  letters: () => import('./letters.tsx').then((at) => at.LettersPage),
  leaving: () => import('./leaving.tsx').then((at) => at.LeavingPage),
  people: () => import('./people.tsx').then((at) => at.PeoplePage),
  tickets: () => import('./tickets.tsx').then((at) => at.TicketsPage),
  mail: () => import('./mail.tsx').then((at) => at.MailPage),
  shadow: () => import('./shadow.tsx').then((at) => at.ShadowPage),
  ahead: () => import('./ahead.tsx').then((at) => at.AheadPage),
  month: () => import('./month.tsx').then((at) => at.MonthPage),
  openings: () => import('./openings.tsx').then((at) => at.OpeningsPage),
  runs: () => import('./runs.tsx').then((at) => at.RunsPage),
  log: () => import('./log.tsx').then((at) => at.LogPage),
  audit: () => import('./audit.tsx').then((at) => at.AuditPage),
  kept: () => import('./kept.tsx').then((at) => at.KeptPage),
  marketplace: () => import('./marketplace.tsx').then((at) => at.MarketplacePage),
  connect: () => import('./connect/connect.tsx').then((at) => at.ConnectPage),
};
