/**
 * Hands calls that come in the same turn of the event loop to `run` together, and each caller its
 * own answer. A lone call waits for nothing but the end of its turn. When `run` throws, every
 * caller of that turn gets the fault.
 */
export function gather<In, Out>(run: (inputs: In[]) => Out[]): (input: In) => Promise<Out> {
	let pending: { input: In; resolve: (output: Out) => void; reject: (fault: unknown) => void }[] = [];

	const flush = () => {
		const calls = pending;
		pending = [];
		try {
			const outputs = run(calls.map(({ input }) => input));
			if (outputs.length !== calls.length) throw new Error(`${calls.length} calls had ${outputs.length} answers.`);
			for (const [index, { resolve }] of calls.entries()) resolve(outputs[index] as Out);
		} catch (fault) {
			for (const { reject } of calls) reject(fault);
		}
	};

	return (input) =>
		new Promise((resolve, reject) => {
			if (pending.length === 0) setImmediate(flush);
			pending.push({ input, resolve, reject });
		});
}
