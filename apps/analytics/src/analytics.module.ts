import { Module } from '@nestjs/common';
import { service } from '#service';
import { FIGURE_ANSWERS, SalesFiguresController } from './sales-figures/sales-figures.controller.ts';
import { SALES_SPANS } from './sales-figures/span-specs.ts';

@Module(
  service('analytics', {
    aggregates: {},
    controllers: [SalesFiguresController],
    follows: ['workspace', 'contacts', 'sales'],
    spans: SALES_SPANS,
    answers: FIGURE_ANSWERS,
  }),
)
export class AnalyticsModule {}
