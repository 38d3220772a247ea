import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, Views } from '#service';
import { product } from './product.ts';
import { ChangeProduct, CreateProduct } from './product.commands.ts';
import { productRow } from './product-row.ts';

@Controller('products')
export class ProductController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() list(@Query() query: ListQuery) {
    return this.views.list(productRow, query);
  }
  @Post() create(@Body() body: CreateProduct) {
    return this.commands.create(product, 'create', body);
  }
  @Get(':id') one(@Param('id') id: string) {
    return this.views.get(productRow, id);
  }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeProduct) {
    return this.commands.run(product, id, 'change', body);
  }
}
