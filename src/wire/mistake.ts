import { z } from 'zod';

/** What is wrong in a rule file. */
export const Mistake = z.object({
  file: z.string().meta({ description: 'Within the rules folder.' }),
  line: z.int().min(1),
  column: z.int().min(1).meta({ description: 'In UTF-16 units, from 1.' }),
  message: z.string(),
});
