import { runResultSchema } from '../../../reports/result/runResult.js';
import { documentChecker } from '../documentChecker.js';

export const checkedResult = documentChecker('reports/result/result.schema.json', runResultSchema);
