import Sqlite from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';
import { quickCheck } from './quick-check.ts';

const database = new Sqlite(workerData as string, { readonly: true, fileMustExist: true });
const isWhole = quickCheck(database);
database.close();
parentPort?.postMessage(isWhole);
