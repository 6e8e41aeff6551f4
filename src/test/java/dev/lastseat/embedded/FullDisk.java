package dev.lastseat.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2 that tests can switch to full: then every write fails.
 */
public final class FullDisk extends FilePathWrapper {

	private static final String SCHEME = "fulldisk";

	private static final AtomicBoolean FULL = new AtomicBoolean();

	static {
		FilePath.register(new FullDisk());
	}

	/** H2 creates an instance for each file. */
	public FullDisk() {
	}

	/**
	 * @return the name with which H2 opens a file of this file system
	 */
	static String name(Path file) {
		return SCHEME + ":" + file;
	}

	static void setFull(boolean full) {
		FULL.set(full);
	}

	@Override
	public String getScheme() {
		return SCHEME;
	}

	@Override
	public FileChannel open(String mode) throws IOException {
		return new Channel(getBase().open(mode));
	}

	private static final class Channel extends FileBaseDefault {

		private final FileChannel file;

		private Channel(FileChannel file) {
			this.file = file;
		}

		@Override
		public synchronized int write(ByteBuffer bytes, long position) throws IOException {
			if (FULL.get()) {
				throw new IOException("No space left on device");
			}
			return this.file.write(bytes, position);
		}

		@Override
		public synchronized int read(ByteBuffer bytes, long position) throws IOException {
			return this.file.read(bytes, position);
		}

		@Override
		public long size() throws IOException {
			return this.file.size();
		}

		@Override
		protected void implTruncate(long size) throws IOException {
			this.file.truncate(size);
		}

		@Override
		public void force(boolean metaData) throws IOException {
			this.file.force(metaData);
		}

		@Override
		public FileLock tryLock(long position, long size, boolean shared) throws IOException {
			return this.file.tryLock(position, size, shared);
		}

		@Override
		protected void implCloseChannel() throws IOException {
			this.file.close();
		}

	}

}
