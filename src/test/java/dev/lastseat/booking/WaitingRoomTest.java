package dev.lastseat.booking;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A room for so many, and no more.
 */
class WaitingRoomTest {

	@Test
	void hasRoomForSoManyHoweverOftenItHadNone() {
		WaitingRoom room = new WaitingRoom(2);
		assertThat(room.enter()).isTrue();
		assertThat(room.enter()).isTrue();
		assertThat(room.enter()).isFalse();
		assertThat(room.enter()).isFalse();

		room.leave();

		assertThat(room.enter()).isTrue();
		assertThat(room.enter()).isFalse();
	}

}
