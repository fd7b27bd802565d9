/** How long a call waits for others, in milliseconds, where calls came together just before. */
const BATCH_WAIT_MS = 1;

/**
 * Hands calls that come close together to `run` together, and each caller its own answer. A lone
 * call waits for nothing but the end of its turn of the event loop. Where several came together
 * the time before, others are likely again: a millisecond's wait saves each of them a commit of
 * its own. When `run` throws, every caller of that time gets the error.
 */
export function microBatch<In, Out>(run: (inputs: In[]) => Out[]): (input: In) => Promise<Out> {
	let pending: { input: In; resolve: (output: Out) => void; reject: (error: unknown) => void }[] = [];
	let together = 1;

	const flush = () => {
		const calls = pending;
		pending = [];
		together = calls.length;
		try {
			const outputs = run(calls.map(({ input }) => input));
			if (outputs.length !== calls.length) throw new Error(`${calls.length} calls had ${outputs.length} answers.`);
			for (const [index, { resolve }] of calls.entries()) resolve(outputs[index] as Out);
		} catch (error) {
			for (const { reject } of calls) reject(error);
		}
	};

	return (input) =>
		new Promise((resolve, reject) => {
			if (pending.length === 0) {
				if (together === 1) setImmediate(flush);
				else setTimeout(flush, BATCH_WAIT_MS);
			}
			pending.push({ input, resolve, reject });
		});
}

/**
 * Does work that changes tickets together with other work of the same moment. `run` says for each whether it was refused;
 * an answer is given only when all of them are written.
 */
export function shareCommit(run: (works: (() => void)[]) => (Error | undefined)[]): <T>(work: () => T) => Promise<T> {
	const join = microBatch(run);
	return <T>(work: () => T) =>
		new Promise<T>((resolve, reject) => {
			let giveAnswer = () => {};
			const done = join(() => {
				const answer = work();
				giveAnswer = () => resolve(answer);
			});
			done.then((refusal) => (refusal ? reject(refusal) : giveAnswer()), reject);
		});
}
