import { Module } from '@nestjs/common';
import { uuidV5 } from '#model';
import { service } from '#service';
import { accountName, userName } from './names.ts';
import { Board, BoardAnswer } from './opportunity/board.ts';
import { OpportunityController } from './opportunity/opportunity.controller.ts';
import { opportunity } from './opportunity/opportunity.ts';
import { opportunityColumns } from './opportunity/opportunity.columns.ts';
import { opportunityLines, opportunityRow } from './opportunity/opportunity-row.ts';
import { PipelineController } from './pipeline/pipeline.controller.ts';
import { pipeline } from './pipeline/pipeline.ts';
import { pipelineRow } from './pipeline/pipeline-row.ts';
import { ProductController } from './product/product.controller.ts';
import { product } from './product/product.ts';
import { productColumns } from './product/product.columns.ts';
import { productRow } from './product/product-row.ts';

@Module(
  service('sales', {
    aggregates: { opportunities: opportunity, pipelines: pipeline, products: product },
    projections: [opportunityRow, opportunityLines, pipelineRow, productRow, accountName, userName],
    columns: { opportunities: opportunityColumns, products: productColumns },
    views: { opportunities: opportunityRow, pipelines: pipelineRow, products: productRow },
    controllers: [OpportunityController, PipelineController, ProductController],
    providers: [Board],
    begins: (tenant) => [{ of: pipeline, id: uuidV5(tenant, 'pipeline'), command: 'create', data: { name: 'Sales', isDefault: true } }],
    answers: { 'GET /opportunities/board': BoardAnswer },
  }),
)
export class SalesModule {}
