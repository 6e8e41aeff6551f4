package dev.lastseat.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.Operation;

/**
 * Bookings with a response, as numbers: an object for each would make the collector of
 * the load generator a part of the measurement. Not thread-safe.
 */
final class OperationLog {

	private static final Answer[] ANSWERS = Answer.values();

	private static final int SIZE = 16;

	private int size;

	private int[] users = new int[SIZE];

	private long[] invoked = new long[SIZE];

	private long[] responded = new long[SIZE];

	private byte[] answers = new byte[SIZE];

	/**
	 * @param user the number of the user
	 */
	void add(int user, long sent, long received, Answer answer) {
		if (this.size == this.users.length) {
			grow(this.size * 2);
		}
		this.users[this.size] = user;
		this.invoked[this.size] = sent;
		this.responded[this.size] = received;
		this.answers[this.size] = (byte) answer.ordinal();
		this.size++;
	}

	private void grow(int length) {
		this.users = Arrays.copyOf(this.users, length);
		this.invoked = Arrays.copyOf(this.invoked, length);
		this.responded = Arrays.copyOf(this.responded, length);
		this.answers = Arrays.copyOf(this.answers, length);
	}

	/** Returns the bookings, with times of {@link System#nanoTime}. */
	Stream<Operation> operations() {
		return IntStream.range(0, this.size).mapToObj((index) -> {
			Answer answer = ANSWERS[this.answers[index]];
			return Operation.book(new UserId(RequestTemplate.user(this.users[index])), this.invoked[index],
					(answer == Answer.UNKNOWN) ? Operation.NEVER : this.responded[index], answer);
		});
	}

}
