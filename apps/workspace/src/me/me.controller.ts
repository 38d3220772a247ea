import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { List, Optional, Struct, Text } from '#model';
import { ABILITIES, Commands, context, Views } from '#service';
import { ChangeProfile } from '../user/user.commands.ts';
import { user } from '../user/user.ts';
import { userRow } from '../user/user-row.ts';

const KINDS = [
  'contacts.contact',
  'contacts.account',
  'contacts.activity',
  'sales.opportunity',
  'sales.product',
  'sales.pipeline',
  'workspace.user',
  'workspace.team',
  'workspace.role',
  'workspace.view',
];

/** What `GET /me` answers: per kind what may be done at all, and which fields are hidden. */
export const Me = Struct({
  id: Text,
  tenant: Text,
  user: Optional(userRow.shape),
  abilities: List(Struct({ kind: Text, may: List(Text), hidden: List(Text) })),
});

/** Who is asking, and what they may do: what pages offer follows from it. */
@Controller('me')
export class MeController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  async me() {
    const { actor, tenant, permissions } = context();
    const [found] = permissions.may('read', 'workspace.user') ? await this.views.many(userRow, [actor]) : [];
    const abilities = KINDS.map((kind) => ({
      kind,
      may: ABILITIES.filter((ability) => permissions.may(ability, kind)),
      hidden: permissions.hidden(kind),
    }));
    return { id: actor, tenant, ...(found ? { user: found } : {}), abilities };
  }

  @Patch()
  change(@Body() body: ChangeProfile) {
    return this.commands.run(user, context().actor, 'changeProfile', body);
  }
}
