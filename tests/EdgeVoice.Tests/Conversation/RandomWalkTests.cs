using System.Globalization;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Tests.Conversation;

/// <summary>
/// Whatever happens in whatever order, nothing throws, no law is broken, nothing grows, and the next ordinary turn works.
/// EDGEVOICE_WALKS sets how many walks each setting takes (225 by default), EDGEVOICE_WALK_SEED the first seed (0).
/// </summary>
public sealed class RandomWalkTests
{
    private const int Steps = 200;

    public static TheoryData<bool, bool, bool, bool> Rules { get; } = new()
    {
        { false, false, true, true },
        { true, false, true, true }, { true, false, true, false }, { true, false, false, true }, { true, false, false, false },
        { true, true, true, true }, { true, true, true, false }, { true, true, false, true }, { true, true, false, false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void AnyWalk_ThenAnOrdinaryTurn_Completes(bool handsFree, bool always, bool interrupt, bool create)
    {
        var first = Number("EDGEVOICE_WALK_SEED", 0);
        for (var seed = first; seed < first + Number("EDGEVOICE_WALKS", 225); seed++)
        {
            var walk = new Walk(new Random(seed), new TurnRules(handsFree, always, interrupt, create));
            var problem = walk.Take(Steps);
            Assert.True(problem is null, $"seed {seed}: {problem}\n{walk.Bench.State}\nthe last steps: {walk.Trail}\nthe last orders: {walk.LastOrders}");
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void LongWalk_OnOneConnection_RemembersNoMoreThanAtItsStart(bool handsFree, bool always, bool interrupt, bool create)
    {
        var walk = new Walk(new Random(1), new TurnRules(handsFree, always, interrupt, create)) { KeepsConnection = true };
        var problem = walk.Take(20_000);
        Assert.True(problem is null, $"{problem}\n{walk.Bench.State}\nthe last steps: {walk.Trail}\nthe last orders: {walk.LastOrders}");
        var held = HeldThings.In(walk.Bench.Loop);
        Assert.True(held.Values.All(count => count <= HeldThings.Most), string.Join(", ", held.Where(h => h.Value > HeldThings.Most)));
        Assert.InRange(walk.Bench.Time.ArmedTimers, 0, Enum.GetValues<TimerKind>().Length);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
