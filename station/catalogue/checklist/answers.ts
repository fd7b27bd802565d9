import type { DocumentUse, Question } from "../../../protocol/catalogue/service-details.ts";

interface Asked {
	/** What the answers add. */
	uses: readonly DocumentUse[];
	/** What to ask next; undefined where all is answered. */
	question: (Pick<Question, "id"> & { options: readonly { id: string }[] }) | undefined;
}

/** What a visitor's answers to one topic's questions come to. An answer of another question counts for nothing. */
export function applyAnswers(question: Question | undefined, answers: readonly string[]): Asked {
	if (!question) return { uses: [], question: undefined };
	const answer = question.options.find(({ id }) => answers.includes(id));
	if (!answer) return { uses: [], question };
	const next = applyAnswers(answer.question, answers);
	return { uses: [...answer.required_documents, ...next.uses], question: next.question };
}
