using EdgeVoice.Linux;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.IntegrationTests.Linux;

public class RealTimeThreadTests
{
    private const int FifoPolicy = 1;

    // Field 41 of proc_pid_stat(5); the name in brackets is field 2 and may hold spaces.
    private static int Policy
    {
        get
        {
            var stat = File.ReadAllText($"/proc/self/task/{LibcNative.ThreadId()}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[38], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void TryRaise_OnAThread_IsGrantedOrSaysWhatToDo()
    {
        var (before, during, problem) = (-1, -1, "nothing ran");
        var thread = new Thread(() =>
        {
            before = Policy;
            problem = RealTimeThread.TryRaise();
            during = Policy;
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, before);
        if (problem is null) Assert.Equal(FifoPolicy, during & 0xFF);
        else Assert.Matches("^no real-time priority for audio: .+(LimitRTPRIO=10|SCHED_FIFO).+$", problem);
        Assert.Equal(0, Policy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void TryRaise_OutOfRange_Throws(int priority) => Assert.Throws<ArgumentOutOfRangeException>(() => RealTimeThread.TryRaise(priority));
}
