package io.lazuli.graph.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Values of the JDK that hold no others, and how each is written and read.
record Leaf<T>(Class<T> type, BiConsumer<T, Output> writer, Function<Input, T> reader) {
    /// The order is part of the format.
    static final List<Leaf<?>> ALL = List.of(
            new Leaf<>(BigInteger.class, Leaf::put, Leaf::bigInteger),
            new Leaf<>(BigDecimal.class, Leaf::put, in -> new BigDecimal(bigInteger(in), in.nextInt())),
            new Leaf<>(LocalDate.class, Leaf::put, Leaf::date),
            new Leaf<>(LocalTime.class, Leaf::put, Leaf::time),
            new Leaf<>(LocalDateTime.class, Leaf::put, Leaf::dateTime),
            new Leaf<>(Instant.class, Leaf::put, in -> Instant.ofEpochSecond(in.nextLong(), in.nextInt())),
            new Leaf<>(Duration.class, Leaf::put, in -> Duration.ofSeconds(in.nextLong(), in.nextInt())),
            new Leaf<>(Period.class, Leaf::put, in -> Period.of(in.nextInt(), in.nextInt(), in.nextInt())),
            text(ZoneId.class, ZoneId::of),
            text(ZoneOffset.class, ZoneOffset::of),
            new Leaf<>(ZonedDateTime.class, Leaf::put, Leaf::zoned),
            new Leaf<>(OffsetDateTime.class, Leaf::put, in -> OffsetDateTime.of(dateTime(in), offset(in))),
            new Leaf<>(OffsetTime.class, Leaf::put, in -> OffsetTime.of(time(in), offset(in))),
            new Leaf<>(Year.class, (year, out) -> out.putInt(year.getValue()), in -> Year.of(in.nextInt())),
            new Leaf<>(YearMonth.class, Leaf::put, in -> YearMonth.of(in.nextInt(), in.nextByte())),
            new Leaf<>(MonthDay.class, Leaf::put, in -> MonthDay.of(in.nextByte(), in.nextByte())),
            new Leaf<>(UUID.class, Leaf::put, in -> new UUID(in.nextLong(), in.nextLong())),
            text(URI.class, URI::create),
            new Leaf<>(Date.class, (date, out) -> out.putLong(date.getTime()), in -> new Date(in.nextLong())),
            new Leaf<>(Locale.class, (locale, out) -> out.putText(locale.toLanguageTag()),
                    in -> Locale.forLanguageTag(in.nextText())),
            new Leaf<>(BitSet.class, (bits, out) -> PrimitiveArray.LONGS.write(bits.toLongArray(), out),
                    in -> BitSet.valueOf((long[]) PrimitiveArray.LONGS.read(in))),
            new Leaf<>(OptionalInt.class, Leaf::put,
                    in -> in.nextByte() == 0 ? OptionalInt.empty() : OptionalInt.of(in.nextInt())),
            new Leaf<>(OptionalLong.class, Leaf::put,
                    in -> in.nextByte() == 0 ? OptionalLong.empty() : OptionalLong.of(in.nextLong())),
            new Leaf<>(OptionalDouble.class, Leaf::put, in -> in.nextByte() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.longBitsToDouble(in.nextLong()))));

    private static final Map<Class<?>, Integer> POSITIONS =
            IntStream.range(0, ALL.size()).boxed().collect(Collectors.toMap(i -> ALL.get(i).type(), i -> i));
    private static final int REGION = Objects.requireNonNull(POSITIONS.get(ZoneId.class), "it is in ALL");

    /// Position in [#ALL] of a value's type, or -1.
    static int positionOf(Object value) {
        Integer position = POSITIONS.get(value.getClass());
        if (position != null) {
            return position;
        }
        return value instanceof ZoneId ? REGION : -1; // a class of its own that the JDK hides
    }

    void write(Object value, Output out) {
        writer.accept(type.cast(value), out);
    }

    private static <T> Leaf<T> text(Class<T> type, Function<String, T> parse) {
        return new Leaf<>(type, (value, out) -> out.putText(value.toString()), in -> parse.apply(in.nextText()));
    }

    private static void put(BigInteger value, Output out) {
        PrimitiveArray.BYTES.write(value.toByteArray(), out);
    }

    private static BigInteger bigInteger(Input in) {
        return new BigInteger((byte[]) PrimitiveArray.BYTES.read(in));
    }

    private static void put(BigDecimal value, Output out) {
        put(value.unscaledValue(), out);
        out.putInt(value.scale());
    }

    private static void put(LocalDate date, Output out) {
        out.putNumber(date.toEpochDay());
    }

    private static LocalDate date(Input in) {
        return LocalDate.ofEpochDay(in.nextNumber());
    }

    private static void put(LocalTime time, Output out) {
        out.putLong(time.toNanoOfDay());
    }

    private static LocalTime time(Input in) {
        return LocalTime.ofNanoOfDay(in.nextLong());
    }

    private static void put(LocalDateTime time, Output out) {
        put(time.toLocalDate(), out);
        put(time.toLocalTime(), out);
    }

    private static LocalDateTime dateTime(Input in) {
        return LocalDateTime.of(date(in), time(in));
    }

    private static void put(Instant instant, Output out) {
        out.putLong(instant.getEpochSecond());
        out.putInt(instant.getNano());
    }

    private static void put(Duration duration, Output out) {
        out.putLong(duration.getSeconds());
        out.putInt(duration.getNano());
    }

    private static void put(Period period, Output out) {
        out.putInt(period.getYears());
        out.putInt(period.getMonths());
        out.putInt(period.getDays());
    }

    private static ZoneOffset offset(Input in) {
        return ZoneOffset.ofTotalSeconds(in.nextInt());
    }

    private static void put(ZonedDateTime time, Output out) {
        put(time.toLocalDateTime(), out);
        out.putInt(time.getOffset().getTotalSeconds());
        out.putText(time.getZone().getId());
    }

    private static ZonedDateTime zoned(Input in) {
        LocalDateTime local = dateTime(in);
        ZoneOffset offset = offset(in);
        return ZonedDateTime.ofLocal(local, ZoneId.of(in.nextText()), offset);
    }

    private static void put(OffsetDateTime time, Output out) {
        put(time.toLocalDateTime(), out);
        out.putInt(time.getOffset().getTotalSeconds());
    }

    private static void put(OffsetTime time, Output out) {
        put(time.toLocalTime(), out);
        out.putInt(time.getOffset().getTotalSeconds());
    }

    private static void put(YearMonth month, Output out) {
        out.putInt(month.getYear());
        out.putByte(month.getMonthValue());
    }

    private static void put(MonthDay day, Output out) {
        out.putByte(day.getMonthValue());
        out.putByte(day.getDayOfMonth());
    }

    private static void put(UUID id, Output out) {
        out.putLong(id.getMostSignificantBits());
        out.putLong(id.getLeastSignificantBits());
    }

    private static void put(OptionalInt value, Output out) {
        out.putByte(value.isPresent() ? 1 : 0);
        value.ifPresent(out::putInt);
    }

    private static void put(OptionalLong value, Output out) {
        out.putByte(value.isPresent() ? 1 : 0);
        value.ifPresent(out::putLong);
    }

    private static void put(OptionalDouble value, Output out) {
        out.putByte(value.isPresent() ? 1 : 0);
        value.ifPresent(number -> out.putLong(Double.doubleToRawLongBits(number)));
    }
}
