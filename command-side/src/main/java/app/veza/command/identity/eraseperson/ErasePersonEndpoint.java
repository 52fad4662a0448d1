package app.veza.command.identity.eraseperson;

import app.veza.command.CommandSideConfig;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.Erasure;
import app.veza.command.identity.LoginDelays;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.session.ManySessions;
import app.veza.command.identity.token.ErasureTokens;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
final class ErasePersonEndpoint {

    private static final Logger log = LoggerFactory.getLogger(ErasePersonEndpoint.class);

    private final Commands commands;
    private final ManySessions sessions;
    private final Accounts accounts;
    private final LoginDelays delays;
    private final Erasure erasure;
    private final ErasureTokens tokens;
    private final CommandSideConfig config;
    private final InstantSource clock;

    ErasePersonEndpoint(
            Commands commands,
            ManySessions sessions,
            Accounts accounts,
            LoginDelays delays,
            Erasure erasure,
            ErasureTokens tokens,
            CommandSideConfig config,
            InstantSource clock) {
        this.commands = commands;
        this.sessions = sessions;
        this.accounts = accounts;
        this.delays = delays;
        this.erasure = erasure;
        this.tokens = tokens;
        this.config = config;
        this.clock = clock;
    }

    /** @param certificateUrl tells place by place what is erased, without a login: whoever has it can read it */
    record Answer(URI certificateUrl) {}

    @ResponseStatus(HttpStatus.ACCEPTED)
    @DeleteMapping("/api/me")
    ResponseEntity<Answer> erase(Caller caller, CommandRequest request) {
        Optional<Account> account = accounts.byId(caller.personId());
        sessions.endMost(caller.personId(), caller.sessionId(), request.unrepeatable());
        var outcome = commands.run(new ErasePerson(caller.personId(), clock.instant()), request.unrepeatable());
        account.ifPresent(known -> delays.forget(Usernames.key(known.username())));
        try {
            // The erasure is the last event of its append
            erasure.carryOut(caller.personId(), outcome.position());
        } catch (RuntimeException later) {
            log.warn("The erasure at position {} waits for its stores", outcome.position(), later);
        }
        URI certificate = UriComponentsBuilder.fromUri(config.httpBase())
                .pathSegment("api", "erasures", tokens.write(caller.personId(), outcome.position()))
                .build()
                .toUri();
        return ResponseEntity.accepted()
                .header(Answers.POSITION, Long.toString(outcome.position()))
                .cacheControl(CacheControl.noStore())
                .body(new Answer(certificate));
    }
}
