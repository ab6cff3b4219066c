import { openLetter } from './open-letter.ts';
import { oralStatement, uprSubmission, writtenStatement } from './statements.ts';
import { strategy } from './strategy.ts';
import type { Template } from './template.ts';

/** What a document may begin as, in the order in which they are offered. */
export const templates: readonly Template[] = [strategy, writtenStatement, oralStatement, uprSubmission, openLetter];

/** The template under this id; `null`: there is none. */
export const templateOf = (id: string): Template | null => templates.find((template) => template.id === id) ?? null;
