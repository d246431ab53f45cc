// A Jest worker has a channel to Jest, of which a test sees a broken copy; a command under test has none.
Object.defineProperty(process, 'channel', { value: undefined });
