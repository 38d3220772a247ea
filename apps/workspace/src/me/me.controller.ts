import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { Answer, Id, List, Optional, shown, Struct, Text, type Static } from '#model';
import { ABILITIES, Commands, context, Views } from '#service';
import { ChangeProfile } from '../user/user.commands.ts';
import { user } from '../user/user.ts';
import { userRow } from '../user/user-row.ts';

/** Kinds, and services: what is granted on a service holds for everything in it. */
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
  'workspace.tenant',
  'workspace.api-key',
  'workspace.view',
  'workspace',
  'contacts',
  'sales',
  'analytics',
];

export const Me = Answer('Me', {
  id: Id,
  tenant: Text,
  user: Optional(shown(userRow)),
  /** `all`: which of them reach every record, not only one's own or the team's. */
  abilities: List(Struct({ kind: Text, may: List(Text), all: List(Text), hidden: List(Text) })),
});

/** Who is asking, and what they may do: what pages offer follows from it. */
@Controller('me')
export class MeController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  async me(): Promise<Static<typeof Me>> {
    const { actor, tenant, permissions } = context();
    const [found] = permissions.may('read', 'workspace.user') ? await this.views.many(userRow, [actor]) : [];
    const abilities = KINDS.map((kind) => ({
      kind,
      may: ABILITIES.filter((ability) => permissions.may(ability, kind)),
      all: ABILITIES.filter((ability) => permissions.may(ability, kind)?.all),
      hidden: [...permissions.hidden(kind)],
    }));
    return { id: actor, tenant, ...(found ? { user: found } : {}), abilities };
  }

  @Patch()
  change(@Body() body: ChangeProfile) {
    return this.commands.run(user, context().actor, 'changeProfile', body);
  }
}
