/**
 * Opens several things of which each needs the ones before it. `open` defers the closing of each on the stack. If a
 * later step throws, everything is closed in reverse order and that error is thrown; otherwise `close` does the same
 * when it is called, and goes on with the others if one fails to close.
 */
export async function openResources<Opened extends object>(
	open: (opened: AsyncDisposableStack) => Promise<Opened>,
): Promise<Opened & { close(): Promise<void> }> {
	const stack = new AsyncDisposableStack();
	try {
		return { ...(await open(stack)), close: () => stack.disposeAsync() };
	} catch (error) {
		// The error that stopped the opening is the one to tell; one of closing only follows from it.
		await stack.disposeAsync().catch(() => {});
		throw error;
	}
}
