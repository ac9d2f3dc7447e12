package io.lazuli.graph.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class FunctionTokenPropertyTest {
    record Captured(int number, String text, List<Long> list) {}

    private static UserFunction function(int number, String text, List<Long> list, int[] array) {
        Captured record = new Captured(number, text, list);
        Function0<Object> function = () -> record.number() + text + list + array.length;
        return function;
    }

    private static UserFunction function(Map<String, Integer> map, Set<Integer> set) {
        Function0<Object> function = () -> map.size() + set.size();
        return function;
    }

    @Property(tries = 300)
    void tokensAreEqualExactlyIfCapturedValuesAre(@ForAll @IntRange(max = 2) int a, @ForAll @IntRange(max = 2) int b,
            @ForAll @StringLength(max = 1) String s, @ForAll @StringLength(max = 1) String t,
            @ForAll @Size(max = 1) List<@IntRange(max = 1) Integer> k,
            @ForAll @Size(max = 1) List<@IntRange(max = 1) Integer> l) {
        UserFunction one = function(a, s, k.stream().map(Integer::longValue).toList(), ints(l));
        UserFunction two = function(b, t, l.stream().map(Integer::longValue).toList(), ints(k));
        boolean equal = a == b && Objects.equals(s, t) && k.equals(l);

        assertThat(one.token().equals(two.token())).isEqualTo(equal);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void hashTablesCountWithoutTheirOrder(@ForAll @Size(max = 20) Map<String, Integer> map, @ForAll Set<Integer> set) {
        HashMap<String, Integer> wide = new HashMap<>(1000);
        List<String> keys = map.keySet().stream().sorted().toList();
        keys.reversed().forEach(key -> wide.put(key, map.get(key)));

        UserFunction one = function(new HashMap<>(map), Set.copyOf(set));
        UserFunction two = function(wide, Set.copyOf(Arrays.asList(set.toArray(Integer[]::new)).reversed()));
        assertThat(one.token()).isEqualTo(two.token());
    }
}
