package flowsmith.engine;

/** What the program does once Kestra is up. */
interface Command {
    /** Reads what it needs and writes its answers, until there is nothing left to read. */
    void answer(Lines lines) throws Exception;
}
