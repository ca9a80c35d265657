import { html } from 'hono/html';
import { actButton, hidden } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import type { Organisation } from '../state.ts';
import { frame } from './frame.ts';

/** Lock date, accounts and connected apps. */
export function settingsPage({
  organisation,
  problem,
}: {
  organisation: Organisation;
  problem: string | undefined;
}): Markup {
  const { tenantId } = organisation;
  const back = `/o/${tenantId}/settings`;
  const body = html`<h1>Settings</h1>
    <h2>Lock date</h2>
    <form class="card row" method="post" action="/sandbox/person">
      ${hidden({ action: 'setLockDate', tenantId, back })}
      <label class="field">Nothing may change up to and including
        <input type="date" name="date" value="${organisation.periodLockDate ?? ''}" />
      </label>
      <button>Save lock date</button>
    </form>
    <h2>Connected apps</h2>
    <div class="card">${actButton({ action: 'disconnect', words: 'Disconnect every app', back, fields: { tenantId } })}</div>
    <h2>Accounts</h2>
    <div class="card scroll"><table class="stack">
      <thead><tr><th>Code</th><th>Name</th><th>Class</th><th>Tax</th><th>Status</th></tr></thead>
      <tbody>
        ${organisation.accounts.map(
          (account) =>
            html`<tr><td>${account.code ?? ''}</td><td>${account.name}</td><td>${account.class}</td><td>${account.taxType}</td><td>${account.status === 'ACTIVE' ? 'Active' : 'Archived'}</td></tr>`,
        )}
      </tbody>
    </table></div>`;
  return frame({ organisation, section: 'settings', title: 'Settings', body, problem });
}
