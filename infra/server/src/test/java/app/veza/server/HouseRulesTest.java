package app.veza.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** Who may know whom. A rule that holds here can be relied on when a module is moved, published or replaced. */
@AnalyzeClasses(packages = "app.veza", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String EVENTS = "app.veza.event..";
    private static final String COMMAND = "app.veza.command..";
    private static final String QUERY = "app.veza.query..";
    private static final String PROJECTIONS = "app.veza.projection..";
    private static final String REACTIONS = "app.veza.reaction..";
    private static final String EVENT_STORE = "app.veza.eventstore..";
    private static final String ENGINE = "app.veza.projectionengine..";
    private static final String STORES = "app.veza.stores..";
    private static final String EMBEDDED = "app.veza.embedded..";
    private static final String GATEWAY = "app.veza.gateway..";
    private static final String AUDIO = "app.veza.audio..";
    private static final String SERVER = "app.veza.server..";

    @ArchTest
    static final ArchRule eventsKnowNobody = onlyKnows(EVENTS);

    @ArchTest
    static final ArchRule eventStoreStandsAlone = onlyKnows(EVENT_STORE);

    @ArchTest
    static final ArchRule projectionEngineStandsAlone = onlyKnows(ENGINE);

    @ArchTest
    static final ArchRule storesStandAlone = onlyKnows(STORES);

    @ArchTest
    static final ArchRule gatewayStandsAlone = onlyKnows(GATEWAY);

    @ArchTest
    static final ArchRule audioStandsAlone = onlyKnows(AUDIO);

    @ArchTest
    static final ArchRule embeddedServersStandAlone = onlyKnows(EMBEDDED);

    @ArchTest
    static final ArchRule commandsMeetOthersInEventsOnly = noClasses()
            .that()
            .resideInAPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(QUERY, PROJECTIONS, REACTIONS, ENGINE, STORES, AUDIO, EMBEDDED, SERVER);

    @ArchTest
    static final ArchRule queriesMeetOthersInEventsOnly = noClasses()
            .that()
            .resideInAPackage(QUERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, PROJECTIONS, REACTIONS, ENGINE, EVENT_STORE, AUDIO, EMBEDDED, SERVER);

    @ArchTest
    static final ArchRule projectionsMeetOthersInEventsOnly = noClasses()
            .that()
            .resideInAPackage(PROJECTIONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, QUERY, EVENT_STORE, STORES, AUDIO, EMBEDDED, SERVER);

    @ArchTest
    static final ArchRule eventsAreRecordsWithoutBehaviour = classes()
            .that()
            .implement("app.veza.event.VezaEvent")
            .and()
            .areNotInterfaces()
            .should()
            .beRecords();

    /** A slice is the package {@code app.veza.<side>.<context>.<slice>}; what slices share stands above them. */
    @ArchTest
    static final ArchRule slicesTouchNoOtherSlice = slices().assignedFrom(new UseCases())
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(false);

    private static ArchRule onlyKnows(String module) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of another module of Veza",
                        (JavaClass other) -> other.getPackageName().startsWith("app.veza")
                                && !JavaClass.Predicates.resideInAPackage(module)
                                        .test(other)));
    }

    private static final class UseCases implements SliceAssignment {

        private static final Set<String> SIDES = Set.of("command", "query", "projection");

        /** Contexts hold slices; other packages on their level ({@code http}, {@code token}) are shared. */
        private static final Set<String> CONTEXTS =
                Set.of("identity", "chat", "streaming", "notification", "replica", "analytics", "redis");

        /** What several slices of one context share: no door of its own but the keys', and no command that a client gives. */
        private static final Set<String> SHARED =
                Set.of("guesses", "openid", "password", "secondfactor", "session", "token");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] names = type.getPackageName().split("\\.");
            boolean slice = names.length >= 5
                    && SIDES.contains(names[2])
                    && CONTEXTS.contains(names[3])
                    && !SHARED.contains(names[4]);
            return slice ? SliceIdentifier.of(names[2], names[3], names[4]) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "use cases";
        }
    }
}
