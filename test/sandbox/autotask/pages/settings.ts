import { html } from 'hono/html';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { HOUR_MAX } from '../gate/limits.ts';
import type { World } from '../world.ts';
import { actForm, facts, frame } from './frame.ts';

/** Admin > Resources/Users: the API user with its secret, its security level, and the zone of the tenant. */
export function settingsPage(world: World, problem: string | undefined): Markup {
  const back = '/settings';
  const [user] = world.apiUsers;
  const used = world.limits.used(world.nowMs(), 0);
  const body = html`<h1>Admin</h1>
    <h2>API user</h2>
    ${facts([
      ['User name (key)', user?.userName ?? ''],
      ['Secret', user?.secret ?? ''],
      ['Tracking identifiers', world.trackingIds.join(', ')],
      ['Active', user?.isActive ? 'Yes' : 'No'],
      ["Can't read costs", world.hidesCosts ? 'Yes' : 'No'],
      ['Calls in the last hour', `${used} of ${HOUR_MAX}`],
    ])}
    <p class="quiet">A real tenant shows the secret once, when it is made. Nothing here is real.</p>
    <div class="row">
      ${actButton({ action: 'newSecret', words: 'Generate a new secret', fields: {}, back })}
      ${actButton({
        action: 'setApiUserActive',
        words: user?.isActive ? 'Inactivate' : 'Activate',
        fields: { active: String(!user?.isActive) },
        back,
      })}
      ${actButton({
        action: 'setHidesCosts',
        words: world.hidesCosts ? 'Let it read costs' : 'Hide costs from it',
        fields: { hides: String(!world.hidesCosts) },
        back,
      })}
    </div>
    <h2>Zone</h2>
    <div class="card">${actForm({
      action: 'moveZone',
      fields: {},
      back,
      words: 'Move the tenant',
      inputs: [{ name: 'zone', words: 'Zone', type: 'decimal', value: String(world.zone) }],
    })}</div>`;
  return frame({ world, section: 'settings', title: 'Admin', body, problem });
}
