import type { SendResult } from "../printer.ts";

/** The state of a queue, and nothing about its printer. */
export type QueueState = "ready" | "stopped" | "missing";

export interface Submission {
	result: SendResult;
	/** The id that the spooler gave the job, if it said so. */
	job?: string;
}

/** A queue of this machine, whatever system holds it. None of the calls rejects. */
export interface Spooler {
	state(timeoutMs: number, signal: AbortSignal): Promise<QueueState>;
	/** The ids of the jobs that have not been printed, oldest first. Empty if the spooler does not answer. */
	waitingJobs(timeoutMs: number, signal: AbortSignal): Promise<string[]>;
	/** Removes a job. One that is printed already stays printed. */
	cancel(job: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
	/** Submits one ticket as one job, byte for byte. */
	submit(bytes: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<Submission>;
}

/** What staff see in the queue. */
export const JOB_TITLE = "paihao-ticket";
