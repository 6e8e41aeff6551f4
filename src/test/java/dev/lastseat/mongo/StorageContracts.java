package dev.lastseat.mongo;

import dev.lastseat.mongo.segments.JournalMoveContract;
import dev.lastseat.mongo.segments.RestoreContract;
import dev.lastseat.mongo.segments.SealedBookingContract;
import dev.lastseat.mongo.segments.SealedEventDeletionContract;
import dev.lastseat.mongo.segments.SealedListContract;
import dev.lastseat.mongo.segments.SealedReadOrderContract;
import dev.lastseat.mongo.segments.SealedUserFiltersContract;
import dev.lastseat.mongo.segments.SealingContract;
import org.junit.jupiter.api.Nested;

/**
 * Every contract that a storage must fulfil. A subclass names the engine by
 * {@link OnEngine}, so that the reports of the build show the engine of each test.
 * {@link StorageContractsTest} finds a contract that is missing here.
 */
abstract class StorageContracts {

	@Nested
	class EventCreation extends EventCreationContract {

	}

	@Nested
	class Registration extends RegistrationContract {

	}

	@Nested
	class UserId extends UserIdContract {

	}

	@Nested
	class EventChange extends EventChangeContract {

	}

	@Nested
	class EventDeletion extends EventDeletionContract {

	}

	@Nested
	class Race extends RaceContract {

	}

	@Nested
	class Round extends RoundContract {

	}

	@Nested
	class Hold extends HoldContract {

	}

	@Nested
	class SaleWindow extends SaleWindowContract {

	}

	@Nested
	class Expiry extends ExpiryContract {

	}

	@Nested
	class Party extends PartyContract {

	}

	@Nested
	class WaitingListSale extends WaitingListSaleContract {

	}

	@Nested
	class WaitingList extends WaitingListContract {

	}

	@Nested
	class Offer extends OfferContract {

	}

	@Nested
	class RandomSales extends RandomSalesContract {

	}

	@Nested
	class EventList extends EventListContract {

	}

	@Nested
	class RegistrationList extends RegistrationListContract {

	}

	@Nested
	class Outage extends OutageContract {

	}

	@Nested
	class ChangeFeed extends ChangeFeedContract {

	}

	@Nested
	class ChangeStream extends ChangeStreamContract {

	}

	@Nested
	class Compatibility extends CompatibilityContract {

	}

	@Nested
	class Index extends IndexContract {

	}

	@Nested
	class Journal extends JournalContract {

	}

	@Nested
	class JournalMove extends JournalMoveContract {

	}

	@Nested
	class Sealing extends SealingContract {

	}

	@Nested
	class Restore extends RestoreContract {

	}

	@Nested
	class SealedBooking extends SealedBookingContract {

	}

	@Nested
	class SealedReadOrder extends SealedReadOrderContract {

	}

	@Nested
	class SealedEventDeletion extends SealedEventDeletionContract {

	}

	@Nested
	class SealedList extends SealedListContract {

	}

	@Nested
	class SealedUserFilters extends SealedUserFiltersContract {

	}

}
