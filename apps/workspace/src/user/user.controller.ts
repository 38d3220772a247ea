import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { Answer, Id, Instant, Text, type Static } from '#model';
import { Commands, EraseForm, Erasures, ListQuery, validateForm, Views } from '#service';
import { AssignRoles, ChangeUser, CreateUser, DeactivateUser, NewInvitation, ReactivateUser, WithdrawInvitation } from './user.commands.ts';
import { user, type User } from './user.ts';
import { userRow } from './user-row.ts';

/** A link for somebody to choose a password by: `/join?token=<token>` where the pages are served. */
export const Invitation = Answer('Invitation', { id: Id, token: Text, until: Instant });

@Controller('users')
export class UserController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
    @Inject(Erasures) private readonly erasures: Erasures,
  ) {}

  @Get()
  list(@Query() query: ListQuery) {
    return this.views.list(userRow, query);
  }

  @Post()
  create(@Body() body: CreateUser) {
    return this.commands.create(user, 'create', body);
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(userRow, id);
  }

  @Patch(':id')
  change(@Param('id') id: string, @Body() body: ChangeUser) {
    return this.commands.run(user, id, 'change', body);
  }

  @Put(':id/roles')
  assignRoles(@Param('id') id: string, @Body() body: AssignRoles) {
    return this.commands.run(user, id, 'assignRoles', body);
  }

  /** The only answer that ever shows the token. */
  @Post(':id/invitation')
  @HttpCode(201)
  async invite(@Param('id') id: string, @Body() body: NewInvitation): Promise<Static<typeof Invitation>> {
    validateForm(NewInvitation, body);
    const token = `rpi_${randomBytes(32).toString('base64url')}`;
    const { state } = await this.commands.run(user, id, 'invite', { hash: invitationHash(token) });
    return { id, token, until: (state as User).invitation!.until };
  }

  @Post(':id/invitation/withdraw')
  withdrawInvitation(@Param('id') id: string, @Body() body: WithdrawInvitation) {
    return this.commands.run(user, id, 'withdrawInvitation', body);
  }

  @Post(':id/deactivate')
  deactivate(@Param('id') id: string, @Body() body: DeactivateUser) {
    return this.commands.run(user, id, 'deactivate', body);
  }

  @Post(':id/reactivate')
  reactivate(@Param('id') id: string, @Body() body: ReactivateUser) {
    return this.commands.run(user, id, 'reactivate', body);
  }

  @Post(':id/erase')
  @HttpCode(200)
  erase(@Param('id') id: string, @Body() body: EraseForm) {
    return this.erasures.erase(user, userRow, id, body);
  }

  @Get(':id/erasure')
  certificate(@Param('id') id: string) {
    return this.erasures.certificate(user, id);
  }
}

/** What is kept of a link's token. */
export const invitationHash = (token: string): string => createHash('sha256').update(token).digest('hex');
