import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, validateForm, Views } from '#service';
import { apiKey } from './api-key.ts';
import { NewApiKey, RevokeApiKey } from './api-key.commands.ts';
import { apiKeyRow } from './api-key-row.ts';

@Controller('api-keys')
export class ApiKeyController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  list(@Query() query: ListQuery) {
    return this.views.list(apiKeyRow, query);
  }

  /** The only answer that ever shows the key. */
  @Post()
  async issue(@Body() body: NewApiKey) {
    const form = validateForm(NewApiKey, body);
    const key = `rpk_${randomBytes(32).toString('base64url')}`;
    const { id } = await this.commands.create(apiKey, 'issue', { ...form, hash: createHash('sha256').update(key).digest('hex') });
    return { id, name: form.name, key };
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(apiKeyRow, id);
  }

  @Post(':id/revoke')
  revoke(@Param('id') id: string, @Body() body: RevokeApiKey) {
    return this.commands.run(apiKey, id, 'revoke', body);
  }
}
