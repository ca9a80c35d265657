import { html } from 'hono/html';
import { actButton, hidden } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import type { Organisation } from '../state.ts';
import { frame } from './frame.ts';

export function contactsPage({
  organisation,
  problem,
}: {
  organisation: Organisation;
  problem: string | undefined;
}): Markup {
  const back = `/o/${organisation.tenantId}/contacts`;
  const contacts = [...organisation.contacts.values()].sort((a, b) => a.name.localeCompare(b.name));
  const body = html`<h1>Contacts</h1>
    ${contacts.map(
      (contact) => html`<details class="card">
        <summary>${contact.name}&nbsp;${contact.status === 'ARCHIVED' ? html`<span class="status">Archived</span>` : ''}</summary>
        <p class="quiet">${contact.texts.EmailAddress ?? 'No e-mail'} ${contact.texts.ContactNumber ?? ''}</p>
        ${contact.persons.map((person) => html`<p>${person.FirstName} ${person.LastName}, ${person.EmailAddress}</p>`)}
        <div class="row">
          <form class="row" method="post" action="/sandbox/person">
            ${hidden({ action: 'renameContact', id: contact.id, back })}
            <label class="field wide">Name <input name="name" value="${contact.name}" /></label>
            <button>Rename</button>
          </form>
          ${
            contact.status === 'ACTIVE'
              ? actButton({
                  action: 'archiveContact',
                  words: 'Archive',
                  label: `Archive ${contact.name}`,
                  back,
                  fields: { id: contact.id },
                })
              : actButton({
                  action: 'restoreContact',
                  words: 'Restore',
                  label: `Restore ${contact.name}`,
                  back,
                  fields: { id: contact.id },
                })
          }
        </div>
      </details>`,
    )}`;
  return frame({ organisation, section: 'contacts', title: 'Contacts', body, problem });
}
