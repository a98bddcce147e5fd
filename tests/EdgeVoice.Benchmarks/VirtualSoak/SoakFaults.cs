using EdgeVoice.Simulator.Link;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Benchmarks.VirtualSoak;

/// <summary>Draws what goes wrong in a turn, and does it.</summary>
internal sealed class SoakFaults(Random random)
{
    private static readonly string[] LinkFaults = ["link cut", "link cut in mid-turn", "link silent in mid-turn", "server restarted"];
    private static readonly FaultMode[] Modes = Enum.GetValues<FaultMode>();

    // These strike while a connection is opened: the one that is there has to go first.
    private static readonly FaultMode[] AtConnect =
        [FaultMode.Refuse, FaultMode.Http, FaultMode.Html, FaultMode.Silence, FaultMode.Fragment];

    /// <summary>How often each was drawn.</summary>
    public SortedDictionary<string, int> Drawn { get; } = new(StringComparer.Ordinal);

    /// <summary>Draws a fault for a turn, or none: as often as not.</summary>
    public string? Next()
    {
        if (random.Next(2) == 0) return null;
        var which = random.Next(Modes.Length + LinkFaults.Length);
        var name = which < Modes.Length ? Modes[which].ToString() : LinkFaults[which - Modes.Length];
        Drawn[name] = Drawn.GetValueOrDefault(name) + 1;
        return name;
    }

    /// <summary>Before the turn.</summary>
    public static async Task PrepareAsync(string? fault, SimulatorServer server, LinkProxy link, Func<Task> restart)
    {
        if (Enum.TryParse<FaultMode>(fault, out var mode))
        {
            server.FailNext(1, mode);
            if (AtConnect.Contains(mode)) Drop(link);
        }

        if (fault == "link cut") Drop(link);
        if (fault == "server restarted") await restart();
    }

    /// <summary>While somebody speaks: the cable is out, or nothing passes, for a moment.</summary>
    public async Task StrikeAsync(string? fault, LinkProxy link)
    {
        if (fault == "link cut in mid-turn")
        {
            link.Cut();
            await Task.Delay(random.Next(50, 400));
            link.Restore();
        }

        if (fault == "link silent in mid-turn")
        {
            link.Silence();
            await Task.Delay(random.Next(50, 1_500));
            // As often as not it comes back as if nothing had been, or the connection is dead by then.
            if (random.Next(2) == 0) link.Cut();
            link.Restore();
        }
    }

    private static void Drop(LinkProxy link)
    {
        link.Cut();
        link.Restore();
    }
}
