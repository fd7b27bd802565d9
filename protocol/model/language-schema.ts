import { z } from "zod";
import { LANGUAGES } from "./language.ts";

/** Apart from the languages themselves, so that screens can take those without the schema library. */
export const languageSchema = z.enum(LANGUAGES);
